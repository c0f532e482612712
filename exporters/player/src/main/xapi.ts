// Launched by an LMS that names an xAPI store, without cmi5.

import { prepareXapi } from "../runtime/xapi";
import { startPrepared } from "../ui/prepare";

void startPrepared(prepareXapi);
