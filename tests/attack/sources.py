"""Where the cases are known from, as often as one is named more than once."""

from __future__ import annotations

CORE = "SAML 2.0 Core"
PROFILES = "SAML 2.0 Profiles"
BINDINGS = "SAML 2.0 Bindings"
ARMANDO = "Armando et al., Formal Analysis of SAML 2.0 Web Browser SSO, FMSE 2008"
MAINKA = "Mainka et al., Your Software at my Service, CCSW 2014"
BARTH = "Barth, Jackson, Mitchell, Robust Defenses for Cross-Site Request Forgery, CCS 2008"
SQUARCINA = "Squarcina et al., Cookie Crumbles, USENIX Security 2023"
POLLUTION = "Balduzzi et al., Automated Discovery of Parameter Pollution, NDSS 2011"
UTS_36 = "Unicode Technical Report 36, Unicode Security Considerations, 2.11"
UTS_39 = "Unicode Technical Standard 39, Unicode Security Mechanisms, 4"
DJANGO = "CVE-2019-19844: Django, accounts found by case mapping"
KEYCLOAK_END = "GHSA-63v5-26vq-m4vm: Keycloak, NotOnOrAfter of a confirmation not checked"
SSP_BINDING = "CVE-2026-49284: SimpleSAMLphp, InResponseTo of the unsigned Response alone"
DIRECTUS = "CVE-2026-22032: Directus, RelayState followed to any host"
SSP_REDIRECT = "SimpleSAMLphp 201801-02: the redirect guard and the browser read URLs differently"
