/** One device: what it is, and what it did. */
export function DevicePage() {
  return <div className="page" />;
}
