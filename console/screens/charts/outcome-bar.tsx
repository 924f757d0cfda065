import { type Outcomes, outcomeKinds } from "../../state/deliveries/outcomes.ts";

interface OutcomeBarProps {
  stretch: Outcomes;
  /** Percent of the chart's width. */
  left: number;
  width: number;
  most: number;
}

/** One stretch of time, its outcomes on top of each other. */
export function OutcomeBar({ stretch, left, width, most }: OutcomeBarProps) {
  let bottom = 100;
  return (
    <>
      {outcomeKinds.map((kind) => {
        const height = (100 * stretch[kind]) / most;
        bottom -= height;
        return (
          height > 0 && (
            <rect
              key={kind}
              class={`mark ${kind}`}
              x={`${left + width * 0.1}%`}
              width={`${width * 0.8}%`}
              y={`${bottom}%`}
              height={`${height}%`}
            />
          )
        );
      })}
    </>
  );
}
