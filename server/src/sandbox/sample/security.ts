/** The sample's mappings of security and audit. */

export const SECURITY = `# Security and audit.
organization: prod
owner: security-leads@acme.com

mappings:
  - group: dd-auditors
    roles: [Auditor]
    reason: Yearly audit
    until: {{today+150d}}

  - group: dd-secops-oncall
    roles: [Incident Commander]
    teams: [secops]
    reason: Security incidents

  - group: dd-security
    roles: [Security Engineer]
    teams: [security]
    reason: Detection rules and suppressions
    until: {{today+300d}}

  - group: dd-security-analysts
    roles: [Security Analyst]
    reason: First line of the SOC

expect:
  - { group: dd-security-analysts, cannot: [user_access_manage, security_monitoring_rules_write] }
  - { person: carla.venturi@acme.com, can: [audit_logs_read] }
`;
