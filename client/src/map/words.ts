/** The words of the access map's page, in the editor's language: the page has no way to ask for them itself. */

import { l10n } from "vscode";

export type PageWords = ReturnType<typeof pageWords>;

/** `{0}` and `{1}` are filled in by the page. */
export function pageWords() {
  return {
    groups: l10n.t("Groups"),
    flow: l10n.t("Flow"),
    person: l10n.t("Person"),
    plan: l10n.t("Plan"),
    filterGroups: l10n.t("Filter groups"),
    filterFlow: l10n.t("Filter groups, roles and teams"),
    filterPerson: l10n.t("Login or address"),
    bySensitivity: l10n.t("By sensitivity"),
    byArea: l10n.t("By product area"),
    views: l10n.t("Views"),
    tools: l10n.t("Filter, columns and export"),
    columns: l10n.t("Columns"),
    exportAs: l10n.t("Export as {0}…"),
    dryRun: l10n.t("Dry Run"),
    people: l10n.t("People"),
    group: l10n.t("Group"),
    table: l10n.t("Groups and what they give"),
    everybody: l10n.t("Everybody, each once"),
    peopleOf: l10n.t("{0} people"),
    what: l10n.t("What"),
    beforeAndAfter: l10n.t("Before and after"),
    oneGap: l10n.t("Not checked: 1 thing; there may be more than the map shows"),
    gaps: l10n.t("Not checked: {0} things; there may be more than the map shows"),
    colours: l10n.t("Colours"),
    critical: l10n.t("critical"),
    high: l10n.t("high"),
    medium: l10n.t("medium"),
    low: l10n.t("low"),
    unknown: l10n.t("not checked"),
    shortCritical: l10n.t("crit."),
    shortMedium: l10n.t("med."),
    note: l10n.t("Beyond what everybody and the Datadog Read Only Role have; before resource restrictions."),
  };
}
