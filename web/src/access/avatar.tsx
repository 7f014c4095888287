import type { Person } from '../api/home-queries.ts';
import './avatar.css';

/** A person's picture, or the first letter of their name in their colour. The name stands beside it. */
export function Avatar({
  person: { home_id, id, name, colour, has_picture },
}: {
  person: Pick<Person, 'home_id' | 'id' | 'name' | 'colour' | 'has_picture'>;
}) {
  if (has_picture)
    return <img className="avatar" alt="" src={`/api/v1/homes/${home_id}/people/${id}/picture`} />;
  const [first] = new Intl.Segmenter().segment(name.trim());
  return (
    <span
      className="avatar"
      data-colour={colour}
      data-letter={first?.segment.toUpperCase()}
      aria-hidden
    />
  );
}
