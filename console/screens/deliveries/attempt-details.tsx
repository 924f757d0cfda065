import type { Attempt, Delivery } from "../../../shared/contract/delivery.ts";
import { chosenTab, Tabs } from "../../parts/tabs.tsx";
import { ReceivedResponse } from "./received-response.tsx";
import { SentRequest } from "./sent-request.tsx";

const tabs = { request: "Request", response: "Response" } as const;

interface AttemptDetailsProps {
  delivery: Delivery;
  attempt: Attempt;
}

/** What was sent, and what came back. */
export function AttemptDetails({ delivery, attempt }: AttemptDetailsProps) {
  return (
    <div class="details stack">
      <div class="card-head">
        <h3>Attempt {attempt.attempt}</h3>
        <Tabs label="Request or response" tabs={tabs} usual="response" />
      </div>
      {chosenTab(tabs, "tab", "response") === "request" ? (
        <SentRequest delivery={delivery} attempt={attempt} />
      ) : (
        <ReceivedResponse attempt={attempt} />
      )}
    </div>
  );
}
