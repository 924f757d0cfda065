import { type FormSubmit, submitted } from "../../state/submitted.ts";

interface TopicFilterProps {
  topicName: string;
  onChange: (topicName: string) => void;
}

export function TopicFilter({ topicName, onChange }: TopicFilterProps) {
  return (
    <form
      class="filter"
      onSubmit={(event: FormSubmit) => onChange(submitted(event)("topicName"))}
      onReset={() => onChange("")}
    >
      <label for="topic-filter">Topic</label>
      <input
        id="topic-filter"
        name="topicName"
        defaultValue={topicName}
        autocomplete="off"
        placeholder="every topic"
      />
      <button type="submit" class="plain">
        Filter
      </button>
      {topicName !== "" && (
        <button type="reset" class="plain">
          Clear
        </button>
      )}
    </form>
  );
}
