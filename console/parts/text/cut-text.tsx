const tailLength = 10;

/** A name on one line; where there is no room it is cut in the middle, for names differ at both ends. */
export function CutText({ text }: { text: string }) {
  const points = [...text];
  if (points.length <= tailLength * 2) return <span class="cut">{text}</span>;
  const split = points.length - tailLength;
  return (
    <span class="cut" title={text}>
      {/* Read out as one word: the two parts would be told with a pause between them. */}
      <span class="unseen">{text}</span>
      <span class="cut-head" aria-hidden="true">
        {points.slice(0, split).join("")}
      </span>
      <span class="cut-tail" aria-hidden="true">
        {points.slice(split).join("")}
      </span>
    </span>
  );
}
