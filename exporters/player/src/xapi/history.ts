// What earlier sessions of the registration told of this unit. The store knows best; an LMS that doesn't let units
// query statements leaves us what we noted beside the learner's state.

import { type Client, isDone } from "./client";
import { isObject, parseJson } from "./keep";
import { type Launched, persist } from "./launch";
import { type VerbName, VERBS } from "./vocabulary";

/** Whether the store has a statement of this verb about the unit. */
export async function wasTold(client: Client, { actor, activityId, registration }: Launched, verb: VerbName): Promise<boolean> {
  const query = {
    agent: JSON.stringify(actor),
    activity: activityId,
    verb: VERBS[verb].id,
    limit: "1",
    ...(registration === null ? {} : { registration }),
  };
  const { status, text } = await persist(() => client.ask("GET", "statements", { query }));
  const found = isDone(status) ? parseJson(text) : null;
  return isObject(found) && Array.isArray(found["statements"]) && found["statements"].length > 0;
}

export async function hasStatement(client: Client, id: string): Promise<boolean> {
  const { status } = await client.ask("GET", "statements", { query: { statementId: id } });
  return isDone(status);
}
