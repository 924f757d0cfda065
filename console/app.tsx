import { SignIn } from "./screens/sign-in.tsx";
import { session, signOut } from "./state/session.ts";

export function App() {
  if (!session.value) {
    return (
      <main>
        <SignIn />
      </main>
    );
  }
  return (
    <main>
      <h1>Signed in</h1>
      <button type="button" onClick={signOut}>
        Sign out
      </button>
    </main>
  );
}
