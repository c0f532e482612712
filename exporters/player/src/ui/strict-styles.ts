// Lets a library that writes style attributes and <style> elements work under a policy without 'unsafe-inline':
// the same declarations through CSSOM and constructed style sheets, which the policy allows (CSP 3, §6.7.3.3).

const sheets = new Map<string, CSSStyleSheet>();

// Runs `work` while style attributes and elements are rerouted. `owner` names the sheets that it makes.
export async function withStrictStyles<T>(owner: string, work: () => Promise<T>): Promise<T> {
  const { setAttribute } = Element.prototype;
  const { insertBefore, appendChild } = Node.prototype;
  Element.prototype.setAttribute = function (this: Element, name: string, value: string): void {
    const styled = this as Element & Partial<ElementCSSInlineStyle>;
    if (name.toLowerCase() === "style" && styled.style) styled.style.cssText = String(value);
    else setAttribute.call(this, name, value);
  };
  Node.prototype.insertBefore = function <N extends Node>(this: Node, node: N, before: Node | null): N {
    return adopted(owner, node) ? node : (insertBefore.call(this, node, before) as N);
  };
  Node.prototype.appendChild = function <N extends Node>(this: Node, node: N): N {
    return adopted(owner, node) ? node : (appendChild.call(this, node) as N);
  };
  try {
    return await work();
  } finally {
    Element.prototype.setAttribute = setAttribute;
    Object.assign(Node.prototype, { insertBefore, appendChild });
  }
}

function adopted(owner: string, node: Node): boolean {
  if (!(node instanceof HTMLStyleElement)) return false;
  const sheet = sheets.get(owner) ?? new CSSStyleSheet();
  sheet.replaceSync(node.textContent ?? "");
  sheets.set(owner, sheet);
  show();
  return true;
}

// Forgets the sheets whose owner has left the page.
export function dropStrictStyles(): void {
  for (const owner of sheets.keys()) if (!document.getElementById(owner)) sheets.delete(owner);
  show();
}

function show(): void {
  document.adoptedStyleSheets = Array.from(sheets.values());
}
