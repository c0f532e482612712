// Launched by an LMS that speaks cmi5.

import { prepareCmi5 } from "../runtime/cmi5";
import { startPrepared } from "../ui/prepare";

void startPrepared(prepareCmi5);
