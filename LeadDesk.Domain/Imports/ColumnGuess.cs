namespace LeadDesk.Domain.Imports;

/// <summary>What a column probably is, by its header: in English, and in the commonest German, French and Spanish spellings.</summary>
public static class ColumnGuess
{
    private static readonly HashSet<string> _firstNames = Words("first name, given name, forename, vorname, prenom, nombre, nombre de pila");
    private static readonly HashSet<string> _lastNames = Words("last name, surname, family name, nachname, familienname, nom, nom de famille, apellido, apellidos");

    /// <summary>The first list of a target is what it is called; the later ones hold only where none of the earlier is there.</summary>
    private static readonly (ColumnTarget Target, string[] Ranks)[] _spellings =
    [
        (ColumnTarget.ExternalId,
        [
            "external id, externe id, prospect id, lead id, crm id, record id, id externe, id externo, identifiant externe",
            "id, uuid, guid, contact id, customer id, account id, identifier, identifiant, identificador, kundennummer, customer number",
        ]),
        (ColumnTarget.Company,
        [
            "company, company name, organisation, organization, organisation name, organization name, firma, firmenname, unternehmen, societe, entreprise, empresa, compania, razon social",
            "account, account name, business, business name, employer, arbeitgeber",
        ]),
        (ColumnTarget.Email,
        [
            "email, e mail, email address, e mail address, mail, email 1, email 2, primary email, work email, contact email, email id, e mail adresse, emailadresse, mailadresse, "
            + "courriel, adresse email, adresse e mail, adresse mail, correo, correo electronico, direccion de correo",
        ]),
        (ColumnTarget.Phone,
        [
            "phone, phone number, phone no, phone 1, phone 2, telephone, telephone number, tel, tel no, mobile, mobile phone, mobile number, cell, cell phone, work phone, home phone, contact number, "
            + "primary phone, telefon, telefonnummer, rufnummer, handy, handynummer, mobil, mobiltelefon, mobilnummer, numero de telephone, portable, telephone portable, telefono, telefono movil, movil, celular",
        ]),
        (ColumnTarget.Source, ["lead source, source, quelle, leadquelle, herkunft, source du lead, source du prospect, fuente, origen", "channel, kanal, canal, utm source"]),
        (ColumnTarget.Tag, ["tag, tags, lead tags, schlagwort, schlagworte, stichwort, stichworte, etiquette, etiquettes, etiqueta, etiquetas", "labels, label, keywords"]),
        (ColumnTarget.Pool, ["pool, lead pool, poolname, pool name"]),
        (ColumnTarget.Owner,
        [
            "owner, lead owner, owner email, owner name, assigned to, assigned agent, assignee, agent, agent email, account owner, sales rep, salesperson, zustandig, zustandiger, bearbeiter, "
            + "verantwortlich, betreuer, proprietaire, attribue a, propietario, asignado a, responsable",
        ]),
        (ColumnTarget.Country, ["country, country code, country name, land, staat, landercode, pays, code pays, pais, codigo de pais", "nation, region country"]),
        (ColumnTarget.City, ["city, town, ort, stadt, wohnort, ville, ciudad, localidad", "locality, municipality"]),
        (ColumnTarget.Language, ["language, preferred language, lang, sprache, langue, idioma, lengua", "locale"]),
        (ColumnTarget.TimeZone, ["time zone, timezone, tz, zeitzone, fuseau horaire, zona horaria, huso horario"]),
        (ColumnTarget.Value,
        [
            "value, lead value, deal value, deal amount, opportunity value, opportunity amount, wert, auftragswert, valeur, valor",
            "amount, expected revenue, estimated value, betrag, umsatz, montant, importe, potential",
        ]),
        (ColumnTarget.Score, ["score, lead score, punktzahl, punkte, puntuacion"]),
        (ColumnTarget.DoNotCall, ["do not call, dont call, no calls, dnc, phone opt out, call opt out, nicht anrufen, keine anrufe, ne pas appeler, no llamar"]),
        (ColumnTarget.DoNotMail,
        [
            "do not mail, do not email, do not e mail, dont email, no email, email opt out, mail opt out, opt out, opted out of email, has opted out of email, keine e mail, keine e mails, keine mails, "
            + "nicht anmailen, ne pas envoyer de mail, ne pas envoyer d email, ne pas contacter par email, no enviar correo, no enviar correos, no enviar email",
        ]),
    ];

    private static readonly string[] _names =
    [
        "name, full name, lead name, contact name, contact, customer name, person, person name, ansprechpartner, kontakt, vollstandiger name, nom complet, contacto, nombre completo, nombre y apellidos",
        "lead number, lead no, number, lead nr, nummer",
    ];

    private static readonly Dictionary<string, (ColumnTarget Target, int Rank)> _known = Known();

    /// <summary>One target per header, in their order. Only targets that take several are given twice.</summary>
    public static IReadOnlyList<ColumnTarget> For(IReadOnlyList<string> headers)
    {
        var keys = headers.Select(Folded.Of).ToList();
        var targets = new ColumnTarget[keys.Count];
        foreach (var group in keys.Select((key, index) => (key, index)).Where(k => _known.ContainsKey(k.key)).GroupBy(k => _known[k.key].Target))
        {
            var best = group.Min(k => _known[k.key].Rank);
            var chosen = group.Where(k => group.Key.TakesSeveral() || _known[k.key].Rank == best).Take(group.Key.TakesSeveral() ? int.MaxValue : 1);
            foreach (var (_, index) in chosen)
            {
                targets[index] = group.Key;
            }
        }

        foreach (var index in NameColumns(keys).Where(i => targets[i] is ColumnTarget.FurtherDetail))
        {
            targets[index] = ColumnTarget.Name;
        }

        return targets;
    }

    /// <summary>Whether a first row holds cells of a lead instead of the names of columns.</summary>
    public static bool LooksLikeARow(IReadOnlyList<string> cells) =>
        cells.Any(c => c.IndexOf('@', StringComparison.Ordinal) > 0 && c.Contains('.', StringComparison.Ordinal) || Guid.TryParse(c, out _))
        || (!cells.Any(c => IsKnown(Folded.Of(c))) && cells.Any(c => decimal.TryParse(c, System.Globalization.CultureInfo.InvariantCulture, out _)));

    /// <summary>First names stand before last names, however the file has them.</summary>
    internal static int NameOrder(string header) => _lastNames.Contains(Folded.Of(header)) ? 1 : 0;

    private static bool IsKnown(string key) =>
        _known.ContainsKey(key) || _firstNames.Contains(key) || _lastNames.Contains(key) || _names.Any(n => Words(n).Contains(key));

    private static IEnumerable<int> NameColumns(List<string> keys)
    {
        var (full, first, last) = (Of(Words(_names[0])), Of(_firstNames), Of(_lastNames));
        if (full.Count > 0 && (first.Count == 0 || last.Count > 0))
        {
            return full.Take(1);
        }

        // "Vorname, Name": the name is what is missing, not the whole.
        return full.Count > 0 ? first.Take(1).Concat(full.Take(1))
            : first.Count + last.Count > 0 ? first.Take(1).Concat(last.Take(1))
            : Of(Words(_names[1])).Take(1);

        List<int> Of(HashSet<string> words) => [.. keys.Select((key, index) => (key, index)).Where(k => words.Contains(k.key)).Select(k => k.index)];
    }

    private static Dictionary<string, (ColumnTarget, int)> Known()
    {
        var known = new Dictionary<string, (ColumnTarget, int)>();
        foreach (var (target, ranks) in _spellings)
        {
            for (var rank = 0; rank < ranks.Length; rank++)
            {
                foreach (var word in Words(ranks[rank]))
                {
                    known.TryAdd(word, (target, rank));
                }
            }
        }

        return known;
    }

    private static HashSet<string> Words(string list) => [.. list.Split(',').Select(Folded.Of)];
}
