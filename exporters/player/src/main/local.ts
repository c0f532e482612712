// Plain web pages: no LMS, the browser keeps the progress.

import { createLocalRuntime } from "../runtime/local";
import { start } from "../ui/start";

void start(createLocalRuntime);
