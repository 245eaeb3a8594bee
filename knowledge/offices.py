"""Offices in plain words: what the sources call an office, and what the tables call it. Used by people.py."""

import re

# Offices that one person holds at a time.
SINGLE = set(
    "president|prime minister|chancellor|king|queen|emperor|emir|sultan|pope|supreme leader|vice president|"
    "foreign minister|foreign secretary|secretary of state|defence minister|finance minister|interior minister|"
    "justice minister|attorney general|press secretary|national security adviser|CIA director|"
    "foreign ministry spokesperson".split("|")
) - {"vice president"}

# Offices that news seldom names, or names without a person: they would only make names ambiguous.
DROPPED_OFFICE = re.compile(
    r"judge|justice of|supreme court|chief justice|lord of the treasury|lieutenant governor|parliamentary (under-)?secretary|"
    r"under-secretary|mayor|äkim|first lady|election commissioner|marshal|whip|principal private secretary|auditor|"
    r"secretary of state of|high commissioner on|disarmament|western european union|chief minister|premier of|"
    r"president of the united nations general assembly|speaker of the arab|governor of(?! the (central|national|people))|"
    r"head of (?!the (presidential|security service|foreign intelligence))|to the treasury|minister-president|"
    r"city manager|solicitor|paymaster|lord privy|assistant secretary|police commander|supreme commander|"
    r"deputy (secretary|attorney|minister|speaker|head|governor|chair)|vice chief|presidential representative|"
    r"vice president of the|president of the (national assembly|senate|international|supreme)|minister of state for|"
    r"president of the (regional|generalitat|parliamentary)|presidential aide|white house (cabinet|deputy)|without portfolio",
    re.I,
)
# Posts among the dropped ones that news does quote.
KEPT_OFFICE = re.compile(r"^Deputy (Minister of Foreign Affairs|Secretary of State)$")
# Embassies that the calls and statements of other states are likely to name.
EMBASSIES = re.compile(
    r"the United States|Russia|Ukraine|China|the United Kingdom|the European Union|Germany|France|Israel|Iran|Japan|India|"
    r"Turkey|Poland|NATO|the United Nations"
)

RULES = [
    (r"(Acting |Interim |Transition(al)? )?President( of the Republic)?", "president"),
    (r"(Acting |Interim |Caretaker )?Prime Minister( of Ukraine)?|Premier( of the State Council)?", "prime minister"),
    (r"(Federal )?Minister (of|for) (Europe and |the )?(Foreign|External) (Affairs|Relations)( and .*)?", "foreign minister"),
    (r"Foreign Minister", "foreign minister"),
    (r"Secretary of State for Foreign.*|Foreign Secretary", "foreign secretary"),
    (r"Secretary of State for the Home Department|Home Secretary", "home secretary"),
    (r"Secretary of State for Defence|Secretary of Defen[cs]e", "defence secretary"),
    (r"(Federal )?Minister (of|for) (the )?(National )?Defen[cs]e( .*)?", "defence minister"),
    (r"(Federal )?Minister (of|for) (the )?(Interior|Internal Affairs|Interior Affairs|Home Affairs)( .*)?", "interior minister"),
    (r"(Federal )?Minister (of|for) (the Economy and |the )?Finances?( .*)?", "finance minister"),
    (r"Secretary of the Treasury", "treasury secretary"),
    (r"White House Press Secretary", "press secretary"),
    (r"(White House )?National Security Advis[oe]r", "national security adviser"),
    (r"Foreign Ministry Spoke?s?peo?rson", "foreign ministry spokesperson"),
    (r"Foreign Ministry Spokeperson", "foreign ministry spokesperson"),
    (r"Deputy Minister of Foreign Affairs|Vice Foreign Minister", "deputy foreign minister"),
    (r"Deputy Secretary of State", "deputy secretary of state"),
    (r"Secretary of State", "secretary of state"),
    (r"Attorney[- ]General", "attorney general"),
    (r"Secretary-General of the United Nations", "secretary general"),
    (r"Deputy Secretary-General of the United Nations", "deputy secretary general"),
    (r"Director of the (CIA|FBI)", r"\1 director"),
    (r"(First )?Vice[- ]President", "vice president"),
    (r"(First )?Deputy Prime Minister", "deputy prime minister"),
    (r"Governor of the (Central Bank|National Bank|People's Bank).*", "central bank governor"),
    (r"Supreme Leader", "supreme leader"),
]


def holders21_office(position, side):
    """The plain office for a position of the 2022 file; None for one not taken over."""
    position = " ".join(position.replace("[", "").replace("]", "").split())
    if side == "UN" and not position.endswith("Secretary-General of the United Nations"):
        return None
    for pattern, office in RULES:
        match = re.fullmatch(pattern, position)
        if match:
            return match.expand(office)
    if re.match(r"ambassador|permanent representative", position, re.I):
        return embassy(position)
    if DROPPED_OFFICE.search(position) and not KEPT_OFFICE.match(position):
        return None
    return portfolio(position)


def embassy(position):
    """'Ambassador to the Russian Federation' as 'ambassador to Russia'; None for posts seldom named."""
    if " to " not in position or not EMBASSIES.search(position):
        return None
    host = position.split(" to ", 1)[1].split(",")[0]
    long_names = {"the Russian Federation": "Russia", "the United States of America": "the United States",
                  "the People's Republic of China": "China"}
    return "ambassador to " + long_names.get(host, host)


# The words of an office that plain text writes in lower case.
TITLE_WORDS = re.compile(
    r"\b(Acting|Administrator|Advis[eo]r|Aide|Ambassador|Associate|Cabinet|Chair|Chairman|Chairperson|Chief|Commander|"
    r"Commandant|Commissioner|Communications|Counsel|Counselor|Deputy|Director|First|General|Governor|Head|Leader|Lord|Minister|"
    r"Office|President|Presidential|Prime|Prosecutor|Representative|Responsible|Secretary|Senior|Speaker|Special|"
    r"Spokesperson|Staff|State|Vice)\b(?! Department| Council| Duma)"
)


def portfolio(position):
    """'Minister of Culture' as 'culture minister'; a long portfolio stays 'minister of ...'."""
    match = re.fullmatch(r"(?:Federal )?(Minister|Secretary) (?:of|for) (?:State for )?(?:the )?(.+)", position)
    if not match:
        return TITLE_WORDS.sub(lambda word: word[0].lower(), position)
    post, field = match[1].lower(), match[2].removesuffix(" Minister")
    if field.count(" ") <= 2 and "," not in field and not re.search(r"Ireland|Scotland|Wales|London|Europe|Africa", field):
        return f"{field.lower()} {post}"
    return f"{post} for {field}"


TITLES = [
    (r"(?:Interim |Transition(?:al)? )?President(?: of the (?:Government of Spain \(prime minister-equivalent\)|Swiss Confederation))?", "president"),
    (r"(?:Acting |Interim |Caretaker |CNSP |Transition |GNU Interim )?Prime Minister(?: and (?:Co-Vice President|Foreign Minister))?", "prime minister"),
    (r"Crown Prince and Prime Minister", "prime minister"), (r"Taoiseach \(Prime Minister\)", "prime minister"),
    (r"Premier", "prime minister"), (r"(?:Federal )?Chancellor", "chancellor"), (r"Vice President", "vice president"),
    (r"King", "king"), (r"Queen", "queen"), (r"Emperor", "emperor"), (r"[AE]mir", "emir"), (r"Grand Duke", "grand duke"),
    (r"Sultan(?: and Prime Minister)?", "sultan"), (r"Prince", "prince"), (r"Pope", "pope"), (r"Supreme Leader", "supreme leader"),
    (r"Governor", "governor"), (r"Chief Minister", "chief minister"), (r"Chief Executive", "chief executive"),
]


def factbook_office(words):
    """('president', 'Joao LOURENCO') for 'President Joao LOURENCO'; (None, None) for other titles."""
    for title, office in TITLES:
        match = re.fullmatch(rf"{title} (?:(?:Gen|Col|Capt|Dr)\. |Col\. |General |Sultan )?([^,;()]+(?:, Jr\.)?)", words)
        if match and re.search(r"[A-ZÀ-Þ]{2,}", match[1]) and " of " not in match[1]:
            if office == "president" and "prime minister-equivalent" in words:
                office = "prime minister"
            return office, match[1].strip()
    return None, None


def title_office(label):
    """The plain office for 'President of X' and the like; None for others."""
    label = re.sub(r" of (the )?.*", "", label)
    plain = {"taoiseach": "prime minister", "premier": "prime minister", "federal chancellor": "chancellor"}
    label = plain.get(label.lower(), label.lower())
    known = "president|prime minister|chancellor|king|emperor|emir|sultan|prince|pope|supreme leader".split("|")
    return label if label in known else None
