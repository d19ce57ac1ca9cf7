/** The people of the company: a small cast with names and histories, and everybody else by department. */

import type { OktaStatus, OktaUser } from "../company.ts";
import { oktaId } from "../ids.ts";
import { FIRMS, FIRST, LAST } from "./names.ts";
import { daysBefore, randomFrom, shuffled } from "./random.ts";

/** Departments and how many work there, the cast included. */
const DEPARTMENTS: Readonly<Record<string, number>> = {
  Platform: 18,
  "Site Reliability": 18,
  Data: 20,
  Payments: 22,
  Checkout: 16,
  Mobile: 18,
  Web: 16,
  Identity: 12,
  Quality: 10,
  Security: 16,
  "IT Operations": 10,
  Product: 16,
  Design: 8,
  Support: 28,
  Sales: 30,
  Marketing: 16,
  Finance: 14,
  People: 10,
  Legal: 6,
  Executive: 6,
  "Contractors EMEA": 16,
  "Contractors APAC": 12,
};

/** Departments that the group rule of dd-engineering counts as engineering. */
export const ENGINEERING = [
  "Platform",
  "Site Reliability",
  "Data",
  "Payments",
  "Checkout",
  "Mobile",
  "Web",
  "Identity",
  "Quality",
] as const;

/** Those that stories are told about; tests and the sample name them. */
const CAST: readonly { readonly login: string; readonly department: string; readonly status?: OktaStatus }[] = [
  { login: "ana.novakova@acme.com", department: "Platform" },
  { login: "ben.adeyo@acme.com", department: "Site Reliability" },
  { login: "carla.venturi@acme.com", department: "Security" },
  { login: "elif.sarman@acme.com", department: "Platform" },
  { login: "goran.pell@acme.com", department: "Site Reliability" },
  { login: "hanne.lindholt@acme.com", department: "Data" },
  { login: "ivo.marsh@acme.com", department: "Checkout" },
  { login: "jonas.weld@acme.com", department: "Payments" },
  { login: "kira.oduya@acme.com", department: "Finance" },
  { login: "lea.torrent@acme.com", department: "Support" },
  // Left the company; nobody took them out of their groups.
  { login: "mats.ekdal@acme.com", department: "Site Reliability", status: "DEPROVISIONED" },
  { login: "nadia.frost@acme.com", department: "Payments", status: "DEPROVISIONED" },
  { login: "oleg.varga@acme.com", department: "Support", status: "DEPROVISIONED" },
  // On leave.
  { login: "pia.romberg@acme.com", department: "Data", status: "SUSPENDED" },
  // Starts next month.
  { login: "rafa.quint@acme.com", department: "Mobile", status: "STAGED" },
];

/** Everybody, by id, in the same order in every run. */
export function createPeople(): Map<string, OktaUser> {
  const people = new Map<string, OktaUser>();
  const taken = new Set<string>(CAST.map(({ login }) => login));
  const add = (login: string, department: string, status: OktaStatus) => {
    const user = createUser(login, department, status);
    people.set(user.id, user);
  };
  for (const [department, count] of Object.entries(DEPARTMENTS)) {
    const cast = CAST.filter((person) => person.department === department);
    for (const { login, status } of cast) add(login, department, status ?? "ACTIVE");
    for (let index = cast.length; index < count; index++)
      add(newLogin(department, index, taken), department, statusOf(department, index));
  }
  return people;
}

function createUser(login: string, department: string, status: OktaStatus): OktaUser {
  const [first = "", last = ""] = (login.split("@")[0] ?? "").split(".");
  const hired = 200 + Math.floor(randomFrom(`hired ${login}`)() * 1500);
  const seen = status === "STAGED" ? null : daysBefore(status === "ACTIVE" ? 1 : 60, `seen ${login}`);
  return {
    id: oktaId("00u", login),
    login,
    email: login,
    firstName: capital(first),
    lastName: capital(last),
    department,
    status,
    created: daysBefore(hired, login),
    lastLogin: seen,
  };
}

function newLogin(department: string, index: number, taken: Set<string>): string {
  const domain = department.startsWith("Contractors") ? (FIRMS[index % FIRMS.length] ?? FIRMS[0]) : "acme.com";
  for (let attempt = 0; ; attempt++) {
    const words = `${department} ${index} ${attempt}`;
    const [first = ""] = shuffled(FIRST, `first ${words}`);
    const [last = ""] = shuffled(LAST, `last ${words}`);
    const login = `${first}.${last}@${domain}`.toLowerCase();
    if (taken.has(login)) continue;
    taken.add(login);
    return login;
  }
}

/** One in forty left and one in eighty is away; the rest works. */
function statusOf(department: string, index: number): OktaStatus {
  const dice = randomFrom(`status ${department} ${index}`)();
  if (dice < 0.018) return "DEPROVISIONED";
  if (dice < 0.028) return "SUSPENDED";
  if (dice < 0.034) return "LOCKED_OUT";
  return dice < 0.04 ? "PASSWORD_EXPIRED" : "ACTIVE";
}

function capital(word: string): string {
  return word.slice(0, 1).toUpperCase() + word.slice(1);
}
