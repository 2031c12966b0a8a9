// Where the focus is, told as a screen reader would tell it: role, name, group, state.
//
// This function runs in the page and refers to nothing outside itself.
export function focused() {
  const text = (element) => (element?.innerText ?? element?.textContent ?? "").replace(/\s+/g, " ").trim();
  const named = (element) => {
    if (!element) return "";
    const ids = element.getAttribute("aria-labelledby");
    if (ids) return ids.split(" ").map((id) => text(document.getElementById(id))).join(" ").trim();
    if (element.getAttribute("aria-label")) return element.getAttribute("aria-label");
    if (element.labels?.length) return [...element.labels].map(text).join(" ");
    return text(element) || element.getAttribute("title") || element.getAttribute("placeholder") || "";
  };
  const implied = (element) => {
    const type = element.getAttribute("type") ?? "text";
    if (element.tagName === "INPUT") return { checkbox: "checkbox", radio: "radio", number: "spinbutton" }[type] ?? "textbox";
    return { TEXTAREA: "textbox", SELECT: "combobox", BUTTON: "button", A: "link" }[element.tagName] ?? "";
  };
  const element = document.activeElement;
  if (!element || element === document.body) return { role: "", name: "", group: "", value: "" };
  const group = element.closest('[role="radiogroup"],[role="group"],fieldset');
  const legend = group?.querySelector("legend");
  return {
    role: element.getAttribute("role") ?? implied(element),
    name: named(element),
    group: group ? (legend ? text(legend) : group.hasAttribute("aria-labelledby") || group.hasAttribute("aria-label") ? named(group) : "") : "",
    value: element.value ?? "",
    native: element.tagName === "SELECT",
    multiline: element.tagName === "TEXTAREA",
    expanded: element.getAttribute("aria-expanded"),
    popup: element.getAttribute("aria-haspopup"),
    checked: element.checked ?? element.getAttribute("aria-checked") === "true",
    active: text(document.getElementById(element.getAttribute("aria-activedescendant"))),
  };
}
