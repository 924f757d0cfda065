import type { Alert } from "./alert.ts";

/** https://docs.slack.dev/reference/block-kit/blocks/header-block */
const maxHeaderCharacters = 150;
/** https://docs.slack.dev/reference/block-kit/blocks/section-block */
const maxTextCharacters = 2000;

/**
 * The body for one of Slack's incoming webhooks. All but our own links is plain text, in which Slack finds no markup,
 * no emoji and nobody to mention.
 */
export function slackMessage({ title, text, facts, links }: Alert) {
  const linked = links.map(({ title: label, url }) => `<${escaped(url)}|${label}>`).join(" · ");
  return {
    // What notifications show.
    text: escapedUpTo(`${title}. ${text}`, maxTextCharacters),
    blocks: [
      { type: "header" as const, text: plain(title, maxHeaderCharacters) },
      {
        type: "section" as const,
        text: plain(text),
        fields: facts.map(([label, value]) => plain(`${label}\n${value}`)),
      },
      ...(linked === "" ? [] : [{ type: "section" as const, text: marked(linked) }]),
    ],
  };
}

function plain(text: string, maxCharacters = maxTextCharacters) {
  return { type: "plain_text" as const, text: escapedUpTo(text, maxCharacters), emoji: false };
}

function marked(text: string) {
  return { type: "mrkdwn" as const, text };
}

/** The characters by which Slack's markup begins, in whatever kind of text they stand. */
function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

/** Escaped and, so escaped, no longer than that: Slack refuses a message with a longer text. */
function escapedUpTo(text: string, maxCharacters: number): string {
  const whole = escaped(text);
  if (whole.length <= maxCharacters) return whole;
  let cut = "";
  for (const character of text) {
    const next = cut + escaped(character);
    if (next.length >= maxCharacters) break;
    cut = next;
  }
  return `${cut}…`;
}

/**
 * The body for a Teams workflow that posts to a channel when a webhook request is received: an Adaptive Card. Its texts
 * are runs, in which Teams finds no Markdown.
 */
export function teamsMessage({ title, text, facts, links }: Alert) {
  return {
    type: "message",
    attachments: [
      {
        contentType: "application/vnd.microsoft.card.adaptive",
        contentUrl: null,
        content: {
          type: "AdaptiveCard",
          $schema: "http://adaptivecards.io/schemas/adaptive-card.json",
          version: "1.4",
          body: [
            line({ type: "TextRun", text: title, size: "Medium", weight: "Bolder" }),
            line(run(text)),
            ...facts.map(([label, value]) =>
              line({ ...run(`${label}: `), weight: "Bolder" }, run(value)),
            ),
          ],
          actions: links.map(({ title: label, url }) => ({
            type: "Action.OpenUrl",
            title: label,
            url,
          })),
        },
      },
    ],
  };
}

interface TextRun {
  readonly type: "TextRun";
  readonly text: string;
  readonly size?: string;
  readonly weight?: string;
}

function run(text: string): TextRun {
  return { type: "TextRun", text };
}

function line(...inlines: readonly TextRun[]) {
  return { type: "RichTextBlock", inlines };
}
