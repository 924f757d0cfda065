import { Dialog } from "../../parts/dialog.tsx";
import { Failure } from "../../parts/failure.tsx";
import { Field } from "../../parts/field.tsx";
import { useAction } from "../../state/action.ts";
import { announce } from "../../state/announcement.ts";
import { hookcast } from "../../state/hookcast.ts";
import { type FormSubmit, submitted } from "../../state/submitted.ts";
import { timeText } from "../../state/time-text.ts";

interface RotateSecretProps {
  cacheName: string;
  webhookName: string;
  /** Settles when the screen knows the webhook as it now is. */
  onRotated: (secret: string) => Promise<void>;
  onClose: () => void;
}

export function RotateSecret({ cacheName, webhookName, onRotated, onClose }: RotateSecretProps) {
  const { isBusy, error, run } = useAction();
  const rotate = (event: FormSubmit) => {
    const graceHours = Number(submitted(event)("graceHours"));
    run(async () => {
      const named = { cacheName, webhookName };
      const rotated = await hookcast().rotateWebhookSecret({ ...named, graceHours });
      await onRotated(rotated.secret);
      onClose();
      const end = timeText(Date.parse(rotated.previousSecretExpiresTime));
      announce(`The new secret is active. Deliveries carry both signatures until ${end}.`);
    });
  };
  return (
    <Dialog title="Rotate the secret" onClose={onClose}>
      <form class="stack" onSubmit={rotate}>
        <p>
          The new secret is active at once. For a while deliveries are also signed with the previous
          one, so that the receiver can switch.
        </p>
        <Field
          label="Hours with both signatures"
          hint="0 to 168; with 0 the previous one ends now."
        >
          {(ties) => (
            <input
              {...ties}
              name="graceHours"
              type="number"
              min={0}
              max={168}
              defaultValue="24"
              required
            />
          )}
        </Field>
        {error !== undefined && <Failure error={error} />}
        <div class="actions end">
          <button type="button" class="plain" onClick={onClose}>
            Cancel
          </button>
          <button type="submit" aria-busy={isBusy}>
            Rotate
          </button>
        </div>
      </form>
    </Dialog>
  );
}
