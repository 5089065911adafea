/** Line icons of the six rooms, drawn at 16 px; decoration only, the word stands beside them. */
const paths = {
  today: 'M2.5 8 8 3l5.5 5M4 7v6h8V7M6.5 13v-3.5h3V13',
  dossiers: 'M3 2.5h6L13 6v7.5H3zM9 2.5V6h4M5.5 8.5h5M5.5 11h5',
  counts: 'M2.5 3h11v10h-11zM2.5 6.5h11M2.5 10h11M6.5 3v10M10 3v10',
  reports: 'M2.5 13.5h11M4 11V8M8 11V3M12 11V5.5',
  sync: 'M3 6.5A5.2 5.2 0 0 1 12.6 5M13 2.5V5.3h-2.8M13 9.5A5.2 5.2 0 0 1 3.4 11M3 13.5v-2.8h2.8',
  settings: 'M3 4.5h6M12 4.5h1M10.5 3v3M3 11.5h1M7 11.5h6M5.5 10v3M3 8h3M9 8h4M7.5 6.6v2.8',
} as const;

export function Icon({ name }: { readonly name: keyof typeof paths }) {
  return (
    <svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      <path
        d={paths[name]}
        fill="none"
        stroke="currentColor"
        strokeWidth="1.4"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}
