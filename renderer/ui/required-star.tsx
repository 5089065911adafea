/** Marks a field that must be filled; hearers are told by aria-required instead. */
export function RequiredStar() {
  return (
    <span className="star" aria-hidden="true">
      {' '}
      *
    </span>
  );
}
