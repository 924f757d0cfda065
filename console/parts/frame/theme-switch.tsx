import { chooseTheme, theme, themes } from "../../state/theme.ts";

export function ThemeSwitch() {
  const choose = (value: string) => {
    const chosen = themes.find((name) => name === value);
    if (chosen) chooseTheme(chosen);
  };
  return (
    <label class="theme-switch">
      <span class="unseen">Colours</span>
      <select value={theme.value} onChange={(event) => choose(event.currentTarget.value)}>
        {themes.map((name) => (
          <option key={name} value={name}>
            {name === "system" ? "Auto" : name === "light" ? "Light" : "Dark"}
          </option>
        ))}
      </select>
    </label>
  );
}
