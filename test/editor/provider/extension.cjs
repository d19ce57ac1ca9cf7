/** A Microsoft sign-in without Microsoft: it writes down what it is asked for, and signs everybody in as Ana. */

const { appendFileSync } = require("node:fs");
const { authentication, EventEmitter } = require("vscode");

const ACCOUNT = { id: "1", label: "ana@acme.com" };

exports.activate = ({ subscriptions }) => {
  const changed = new EventEmitter();
  const sessions = [];
  const note = (what, scopes) =>
    appendFileSync(process.env.ACCESSMAP_TEST_SIGN_INS, `${JSON.stringify({ what, scopes })}\n`);
  const fits = (scopes) => (session) => scopes === undefined || session.scopes.join() === scopes.join();
  const provider = {
    onDidChangeSessions: changed.event,
    getSessions: async (scopes) => {
      note("get", scopes);
      return sessions.filter(fits(scopes));
    },
    createSession: async (scopes) => {
      note("create", scopes);
      const session = { id: `${sessions.length}`, accessToken: "token-of-nobody", account: ACCOUNT, scopes };
      sessions.push(session);
      changed.fire({ added: [session], removed: [], changed: [] });
      return session;
    },
    removeSession: async () => {},
  };
  subscriptions.push(authentication.registerAuthenticationProvider("microsoft", "Microsoft", provider));
};
