import type { ComponentChildren } from "preact";
import type { WebhookHealth } from "../../../shared/contract/health.ts";
import { isSuspendedWithCache } from "../../../shared/contract/values/suspended.ts";
import { When } from "../../parts/when.tsx";
import { countText } from "../../state/numbers.ts";
import { CheckButton } from "./check-button.tsx";
import { ResumeButton } from "./resume-button.tsx";

interface HealthBannerProps {
  webhookId: string;
  webhookName: string;
  health: WebhookHealth;
  onChanged: () => Promise<void>;
}

/** What keeps deliveries from arriving, since when, what happens next, and what can be done about it. */
export function HealthBanner({ webhookId, webhookName, health, onChanged }: HealthBannerProps) {
  const { state, waiting } = health;
  // Of an inactive one the notice of its status says why, and of a suspended cache's, too.
  if (state === "ok" || state === "disabled" || isSuspendedWithCache(health)) return null;
  return (
    <div class={`notice banner ${state === "limited" ? "warn" : "bad"}`} role="status">
      <p>
        <strong>{titles[state]}</strong> since <When time={health.since} isToTheMinute />
        <Cause health={health} />. {waitingText(waiting)} <Next health={health} />
      </p>
      <div class="actions">
        {state !== "limited" && <CheckButton webhookId={webhookId} onChecked={onChanged} />}
        <ResumeButton webhookId={webhookId} what={webhookName} onResumed={onChanged} />
      </div>
    </div>
  );
}

const titles = {
  held: "Deliveries have been paused after repeated failures",
  failing: "Deliveries have been failing",
  limited: "Deliveries have been slowed down",
} as const;

function Cause({ health: { lastError, lastStatusCode, state } }: { health: WebhookHealth }) {
  const cause = lastError ?? (lastStatusCode === null ? null : `HTTP ${lastStatusCode}`);
  if (cause === null || state === "limited") return null;
  return <> — {cause}</>;
}

function waitingText(waiting: number): string {
  if (waiting === 0) return "Nothing is waiting.";
  return `${waiting >= 1000 ? "1,000 or more" : countText(waiting)} waiting.`;
}

function Next({ health }: { health: WebhookHealth }) {
  const { nextProbeTime, nextFreeTime } = health;
  let next: ComponentChildren = null;
  if (nextProbeTime !== null) {
    next = (
      <>
        Next check <When time={nextProbeTime} isAgo />.
      </>
    );
  } else if (nextFreeTime !== null) {
    next = (
      <>
        The last one is due <When time={nextFreeTime} isAgo />.
      </>
    );
  }
  return next;
}
