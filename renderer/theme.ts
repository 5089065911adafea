/** Mantine set to the desk's colours: one strong blue, quiet greys, every pair at AA contrast in light and dark. */
import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core';
import { t } from './text/text.ts';

const desk: MantineColorsTuple = [
  '#e8f3fa',
  '#d0e6f4',
  '#a3cde9',
  '#72b2dd',
  '#4a9bd2',
  '#2f88c6',
  '#1d76b3',
  '#12689f',
  '#0b5a8c',
  '#084a75',
];

export const theme = createTheme({
  fontFamily: "'Be Vietnam Pro', 'Segoe UI', sans-serif",
  fontSizes: { xs: '11px', sm: '13px', md: '13px', lg: '15px', xl: '18px' },
  colors: { desk },
  primaryColor: 'desk',
  primaryShade: { light: 8, dark: 7 },
  defaultRadius: 'sm',
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    Notification: { defaultProps: { closeButtonProps: { 'aria-label': t('notice.close') } } },
    Button: { defaultProps: { size: 'xs' } },
  },
});

export const cssVariables: CSSVariablesResolver = ({ colors }) => ({
  variables: {},
  light: {
    '--mantine-color-error': colors.red[9],
    '--mantine-color-dimmed': '#4d5b68',
    '--mantine-color-placeholder': '#5b6875',
    '--mantine-color-text': '#1b2733',
    '--mantine-color-body': '#ffffff',
    '--mantine-color-default-border': '#b9c3cc',
  },
  dark: {
    '--mantine-color-error': '#ff9d94',
    '--mantine-color-dimmed': '#a9b5c0',
    '--mantine-color-placeholder': '#98a5b1',
    '--mantine-color-text': '#e6ebf0',
    '--mantine-color-body': '#1a2128',
    '--mantine-color-default': '#222b33',
    '--mantine-color-default-hover': '#2b3640',
    '--mantine-color-default-border': '#4b5966',
  },
});
