import { t } from "../language/language.ts";
import { ScreenFrame } from "../parts/screen-frame.tsx";
import { hrefTo } from "../state/paths.ts";

export function Unknown() {
  return (
    <ScreenFrame title={t("unknown.title")}>
      <p>{t("unknown.text")}</p>
      <p>
        <a href={hrefTo({ screen: "endpoints" })}>{t("unknown.home")}</a>
      </p>
    </ScreenFrame>
  );
}
