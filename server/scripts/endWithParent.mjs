/** Loaded before a program (`node --import`): ends it when its parent is gone, which closes the pipe on standard input. */

for (const event of ["end", "error"]) process.stdin.once(event, () => process.exit(1));
process.stdin.resume();
process.stdin.unref?.(); // the pipe alone keeps no program alive
