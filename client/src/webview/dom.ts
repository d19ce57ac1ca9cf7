/** Making elements. Everything is set as text, attribute or property: no markup is ever parsed from data. */

export type Attributes = Readonly<Record<string, string | number | boolean | undefined>>;

/** True and false put an attribute there or leave it out. */
export function make<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes?: Attributes,
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[Name];
/** Names outside of the table are elements all the same. */
export function make(name: string, attributes?: Attributes, ...children: readonly (Node | string)[]): HTMLElement;
export function make(name: string, attributes: Attributes = {}, ...children: readonly (Node | string)[]): HTMLElement {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) continue;
    element.setAttribute(key, value === true ? "" : `${value}`);
  }
  element.append(...children);
  return element;
}

/** Moves the one stop of the Tab key within a set of elements, and the focus with it. */
export function focusOnly(all: Iterable<HTMLElement>, chosen: HTMLElement, options?: FocusOptions): void {
  for (const element of all) element.tabIndex = -1;
  chosen.tabIndex = 0;
  chosen.focus(options);
}
