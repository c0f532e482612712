// Inside an LMS that speaks SCORM 1.2.

import { createScorm12Runtime } from "../runtime/scorm12";
import { start } from "../ui/start";

void start(createScorm12Runtime);
