// Inside an LMS that speaks SCORM 2004, 3rd or 4th edition.

import { createScorm2004Runtime } from "../runtime/scorm2004";
import { start } from "../ui/start";

void start(createScorm2004Runtime);
