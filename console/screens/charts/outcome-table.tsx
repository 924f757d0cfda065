import { type Outcomes, outcomeKinds, totalOf } from "../../state/deliveries/outcomes.ts";
import { timeText } from "../../state/time-text.ts";

export function OutcomeTable({ stretches }: { stretches: readonly Outcomes[] }) {
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">From</th>
          {outcomeKinds.map((kind) => (
            <th key={kind} scope="col">
              {kind}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {stretches
          .filter((stretch) => totalOf(stretch) > 0)
          .map((stretch) => (
            <tr key={stretch.startTimeMs}>
              <th scope="row">{timeText(stretch.startTimeMs)}</th>
              {outcomeKinds.map((kind) => (
                <td key={kind}>{stretch[kind]}</td>
              ))}
            </tr>
          ))}
      </tbody>
    </table>
  );
}
