/** The little of the DOM that charts need: the package's own types are no module. */
declare module '@mixmark-io/domino' {
  export interface SmallElement {
    readonly outerHTML: string;
    readonly firstChild: SmallElement | null;
    textContent: string | null;
    setAttribute(name: string, value: string): void;
    removeAttribute(name: string): void;
    insertBefore(added: SmallElement, before: SmallElement | null): void;
    querySelectorAll(selector: string): ArrayLike<SmallElement>;
    remove(): void;
  }
  export interface SmallDocument {
    createElementNS(namespace: string, name: string): SmallElement;
  }
  const domino: { createDocument(): SmallDocument };
  export default domino;
}
