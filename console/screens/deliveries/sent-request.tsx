import type { Attempt, Delivery } from "../../../shared/contract/delivery.ts";
import { CopyButton } from "../../parts/text/copy-button.tsx";
import { curlCommand } from "../../state/deliveries/curl.ts";
import { isStandardHeader } from "../../state/deliveries/standard-headers.ts";
import { indented, isJson } from "../../state/json-text.ts";
import { VerifySnippet } from "./verify-snippet.tsx";

interface SentRequestProps {
  delivery: Delivery;
  attempt: Attempt;
}

/** What was posted: the names of its headers, never their values, and the body where the message is kept. */
export function SentRequest({ delivery, attempt: { request } }: SentRequestProps) {
  const { requestBody, rendered } = delivery;
  if (!request) {
    return (
      <p class="quiet">The request is not recorded: the attempt was made by an earlier version.</p>
    );
  }
  const { url, format, bytes, headerNames } = request;
  const customNames = headerNames.filter((name) => !isStandardHeader(name));
  return (
    <>
      <p class="request-line">
        <strong>POST</strong> <code>{url}</code>
      </p>
      <p class="quiet">
        Format {format}, {bytes} bytes. Values of headers are not shown.
      </p>
      <pre class="block">{headerNames.map((name) => `${name}: •••`).join("\n")}</pre>
      {requestBody === null || requestBody === undefined ? (
        <p class="quiet">The message is no longer stored, so its body cannot be shown.</p>
      ) : (
        <>
          <pre class="block">{isJson(requestBody) ? indented(requestBody) : requestBody}</pre>
          <p class="hint">
            {rendered === "settings-changed"
              ? "The webhook’s settings have changed since. The body may have had another format."
              : "The body as it was sent, with JSON formatted for reading."}
          </p>
          <div class="actions">
            <CopyButton text={requestBody} what="body" label="Copy the body" />
            <CopyButton
              text={curlCommand({
                url,
                contentType: "application/json",
                customNames,
                body: requestBody,
              })}
              what="request"
              label="Copy as curl"
            />
          </div>
        </>
      )}
      <VerifySnippet />
    </>
  );
}
