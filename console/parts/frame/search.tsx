import { useSignal } from "@preact/signals";
import { useId, useRef } from "preact/hooks";
import { goTo } from "../../state/address/navigation.ts";
import { hrefTo } from "../../state/address/route.ts";
import { explain } from "../../state/explain.ts";
import { type Hit, NothingFound, search } from "../../state/search.ts";

const pauseMs = 200;

interface Pending {
  readonly timer?: ReturnType<typeof setTimeout>;
  readonly abort?: AbortController;
  /** Whether what is found first is to be opened. */
  isWanted: boolean;
}

/** Finds a message, a webhook or a cache by its id, its name or a part of a URL. */
export function Search() {
  const listId = useId();
  const hits = useSignal<readonly Hit[]>([]);
  const message = useSignal("");
  const isOpen = useSignal(false);
  const active = useSignal(0);
  const field = useRef<HTMLInputElement>(null);
  const pending = useRef<Pending>({ isWanted: false });

  const look = (text: string) => {
    pending.current.abort?.abort();
    clearTimeout(pending.current.timer);
    hits.value = [];
    message.value = "";
    const abort = new AbortController();
    pending.current = {
      abort,
      isWanted: false,
      timer: setTimeout(() => find(text, abort.signal), text === "" ? 0 : pauseMs),
    };
  };
  const find = async (text: string, signal: AbortSignal) => {
    const [outcome] = await Promise.allSettled([search(text, signal)]);
    if (signal.aborted) return;
    hits.value = outcome.status === "fulfilled" ? outcome.value : [];
    active.value = 0;
    isOpen.value = true;
    message.value = messageFor(outcome);
    if (pending.current.isWanted) open(hits.value[0]);
  };
  const open = (hit: Hit | undefined) => {
    // Who presses Enter before anything is found means what will be.
    pending.current.isWanted = hit === undefined;
    if (!hit) return;
    if (field.current) field.current.value = "";
    field.current?.blur();
    isOpen.value = false;
    goTo(hit.route);
  };
  const onKeyDown = (event: KeyboardEvent & { currentTarget: HTMLInputElement }) => {
    const count = hits.value.length;
    const moves: Record<string, number> = { ArrowDown: 1, ArrowUp: -1 };
    const move = moves[event.key];
    if (move !== undefined && count > 0) {
      active.value = (active.value + move + count) % count;
      event.preventDefault();
    }
    if (event.key === "Enter") open(hits.value[active.value]);
    if (event.key === "Escape") isOpen.value = false;
  };

  return (
    <search class="search">
      <input
        ref={field}
        type="text"
        role="combobox"
        aria-label="Search"
        aria-expanded={isOpen.value}
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={
          isOpen.value && hits.value[active.value] ? `${listId}-${active.value}` : undefined
        }
        placeholder="Search: msg_…, whk_…, name, URL"
        autocomplete="off"
        spellcheck={false}
        data-search
        onFocus={(event) => look(event.currentTarget.value)}
        onInput={(event) => look(event.currentTarget.value)}
        onKeyDown={onKeyDown}
        onBlur={() => (isOpen.value = false)}
      />
      <span class="key" aria-hidden="true">
        /
      </span>
      <div
        class="search-list"
        hidden={!isOpen.value || (hits.value.length === 0 && message.value === "")}
      >
        <div id={listId} role="listbox" aria-label="Found">
          {hits.value.map((hit, index) => (
            <div
              key={hrefTo(hit.route)}
              id={`${listId}-${index}`}
              role="option"
              tabIndex={-1}
              aria-selected={index === active.value}
              // Before the field loses the focus, which closes the list.
              onMouseDown={(event) => {
                event.preventDefault();
                open(hit);
              }}
            >
              <span class="hit-name">{hit.name}</span>
              <span class="hit-detail">
                {hit.kind} · {hit.detail}
              </span>
            </div>
          ))}
        </div>
        <p role="status" class="hint">
          {message.value}
        </p>
      </div>
    </search>
  );
}

function messageFor(outcome: PromiseSettledResult<readonly Hit[]>): string {
  if (outcome.status === "fulfilled") return "";
  const { reason } = outcome;
  return reason instanceof NothingFound ? reason.message : explain(reason).what;
}
