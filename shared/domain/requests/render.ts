import type { Format } from "../../contract/webhook.ts";
import { renderCloudEvents } from "./cloudevents.ts";
import type { FormattableMessage, RenderedBody } from "./formattable-message.ts";
import { renderMomento } from "./momento.ts";
import { renderRaw } from "./raw.ts";
import { renderStandard } from "./standard.ts";
import { renderThredd } from "./thredd.ts";

/** The bytes to sign and send, and their content type. */
export function renderBody(
  format: Format,
  message: FormattableMessage,
  attemptTimeMs: number,
): RenderedBody {
  switch (format) {
    case "standard":
      return renderStandard(message);
    case "raw":
      return renderRaw(message);
    case "momento":
      return renderMomento(message, attemptTimeMs);
    case "thredd":
      return renderThredd(message);
    case "cloudevents":
      return renderCloudEvents(message);
  }
}
