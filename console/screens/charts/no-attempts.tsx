import { Empty } from "../../parts/empty.tsx";

/** In place of a chart that would be empty. */
export function NoAttempts() {
  return (
    <Empty title="No attempt in this range.">
      <p>Choose a longer range.</p>
    </Empty>
  );
}
