/** For a text's `page`: a link to the router's own page. */
export function linkToRouter(address: string) {
  return () => (
    <a href={`http://${address}/`} target="_blank" rel="noreferrer">
      {address}
    </a>
  );
}
