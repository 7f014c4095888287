import { useState } from 'react';
import './rolling.css';

/** A number that changes, in words: a new one rolls in from below. The first one stands. */
export function Rolling({ text }: { text: string }) {
  const [first] = useState(text);
  return (
    <span key={text} className={text === first ? 'rolling' : 'rolling rolling--new'}>
      {text}
    </span>
  );
}
