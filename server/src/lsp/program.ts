/** The language server as a program. It loads the server behind what makes the next start a shorter one. */

import { keepCompiled } from "./compiled.ts";

keepCompiled(process.env);
(await import("./main.ts")).startServer();
