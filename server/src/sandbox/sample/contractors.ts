/** The sample's mappings of external people. */

export const CONTRACTORS = `# People from other firms. Their classes in accessmap.yaml say what they must never reach.
organization: prod
owner: vendor-management@acme.com

mappings:
  - group: contractor-apac
    roles: [Contractor]
    until: {{today+45d}}

  # Copied from our own engineers, with everything they may see.
  - group: contractor-emea
    bundles: [engineer]
    reason: Build the new storefront
    until: {{today+45d}}

  - group: contractor-readonly
    roles: [Product Viewer]
    until: {{today+45d}}

expect:
  - { group: contractor-apac, cannot: [logs_read_data] }
`;
