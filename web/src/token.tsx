// The server's token, asked for when it is wanted.
import { useEffect, useState } from "preact/hooks";
import { keepToken } from "./api";

/** A form that shows itself when the server wants a token. */
export function TokenForm() {
  const [wanted, setWanted] = useState(false);
  const [token, setToken] = useState("");
  useEffect(() => {
    const onWanted = () => setWanted(true);
    addEventListener("token-wanted", onWanted);
    return () => removeEventListener("token-wanted", onWanted);
  }, []);
  if (!wanted) return null;
  const keep = (event: Event) => {
    event.preventDefault();
    keepToken(token.trim());
    location.reload();
  };
  return (
    <form class="message" onSubmit={keep}>
      <label>This server wants a token <input type="password" value={token} autocomplete="off" onInput={(e) => setToken(e.currentTarget.value)} /></label>{" "}
      <button class="small main">Use it</button>
    </form>
  );
}
