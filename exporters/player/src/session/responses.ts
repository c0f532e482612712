// One response in the saved state: a letter for its type, then identifiers or texts, separated by dots. It names
// its own type, so that it can be read back without the question (a lesson's page may not be loaded, or be gone).

import type { Response } from "../course";
import { decodeText, encodeText } from "./text";

export function encodeResponse(response: Response): string {
  switch (response.type) {
    case "choice":
      return `c${list(response.chosen)}`;
    case "true-false":
      return response.value ? "t" : "f";
    case "fill-in":
      return `b${list(response.texts)}`;
    case "long-fill-in":
      return `l${encodeText(response.text)}`;
    case "numeric":
      return `n${encodeText(response.text)}`;
    case "matching":
      return `m${list(response.pairs.flat())}`;
    case "sequencing":
      return `s${list(response.order)}`;
    case "likert":
      return `k${encodeText(response.chosen)}`;
  }
}

/** The response again; null for what no version ever wrote. */
export function decodeResponse(encoded: string): Response | null {
  const body = encoded.slice(1);
  switch (encoded.charAt(0)) {
    case "c":
      return { type: "choice", chosen: unlist(body) };
    case "t":
      return { type: "true-false", value: true };
    case "f":
      return { type: "true-false", value: false };
    case "b":
      return { type: "fill-in", texts: unlist(body) };
    case "l":
      return { type: "long-fill-in", text: decodeText(body) };
    case "n":
      return { type: "numeric", text: decodeText(body) };
    case "m":
      return { type: "matching", pairs: pairs(unlist(body)) };
    case "s":
      return { type: "sequencing", order: unlist(body) };
    case "k":
      return { type: "likert", chosen: decodeText(body) };
    default:
      return null;
  }
}

/** Every item is followed by a dot: no item and one empty item stay different. */
function list(items: readonly string[]): string {
  return items.length === 1 && items[0] !== "" ? encodeText(items[0] ?? "") : items.map((item) => `${encodeText(item)}.`).join("");
}

function unlist(body: string): string[] {
  if (body === "") return [];
  return body.includes(".") ? body.split(".").slice(0, -1).map(decodeText) : [decodeText(body)];
}

function pairs(flat: readonly string[]): [string, string][] {
  return flat.flatMap((source, at): [string, string][] => (at % 2 === 0 ? [[source, flat[at + 1] ?? ""]] : []));
}
