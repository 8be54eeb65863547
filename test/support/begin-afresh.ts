// A file of the browser project begins with nothing that an earlier one of the same browser has kept: with something
// there a chat loads what deletes it or shows it, and a question waits for that.
localStorage.clear();
sessionStorage.clear();
