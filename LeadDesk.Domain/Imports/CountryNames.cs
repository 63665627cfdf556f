using System.Globalization;

namespace LeadDesk.Domain.Imports;

/// <summary>Country names and codes as people write them, to ISO 3166 codes of two letters.</summary>
public static class CountryNames
{
    /// <summary>What the regions' own names do not cover: short forms, older names, and what files from German, French and Spanish desks say.</summary>
    private const string Others = """
        GB: UK, Great Britain, Britain, England, Scotland, Wales, Northern Ireland, Großbritannien, Vereinigtes Königreich, Royaume-Uni, Grande-Bretagne, Reino Unido
        US: USA, U.S.A., U.S., United States of America, America, Vereinigte Staaten, Vereinigte Staaten von Amerika, États-Unis, Etats Unis, Estados Unidos
        AE: UAE, Emirates, Vereinigte Arabische Emirate, Émirats arabes unis, Emiratos Árabes Unidos
        HK: Hong Kong, Hong Kong SAR, Hongkong
        MO: Macao, Macau, Macao SAR
        TR: Turkey, Türkiye, Turkiye, Türkei, Turquie, Turquía
        CZ: Czech Republic, Czechia, Tschechien, Tschechische Republik, République tchèque, República Checa
        KR: South Korea, Korea, Republic of Korea, Korea South, Südkorea, Corée du Sud, Corea del Sur
        KP: North Korea, Nordkorea
        CI: Ivory Coast, Cote d Ivoire, Elfenbeinküste, Costa de Marfil
        MM: Myanmar, Burma, Birma
        BA: Bosnia and Herzegovina, Bosnia, Bosnien und Herzegowina, Bosnien
        TT: Trinidad and Tobago, Trinidad
        AG: Antigua and Barbuda
        KN: Saint Kitts and Nevis, St Kitts and Nevis
        VC: Saint Vincent and the Grenadines
        ST: Sao Tome and Principe
        PS: Palestine, Palestinian Territory, State of Palestine, Palästina
        TW: Taiwan, Taiwan Province of China
        CN: China, PR China, People's Republic of China, Mainland China, Chine
        CD: Congo, Democratic Republic of the Congo, DR Congo, Congo Kinshasa, Zaire
        CG: Republic of the Congo, Congo Brazzaville
        SZ: Eswatini, Swaziland
        CV: Cape Verde, Cabo Verde
        MK: North Macedonia, Macedonia
        RU: Russia, Russian Federation, Russland, Russie, Rusia
        IR: Iran, Islamic Republic of Iran
        SY: Syria, Syrian Arab Republic, Syrien
        VN: Vietnam, Viet Nam
        LA: Laos
        BN: Brunei, Brunei Darussalam
        TZ: Tanzania, United Republic of Tanzania
        BO: Bolivia, Plurinational State of Bolivia
        VE: Venezuela, Bolivarian Republic of Venezuela
        MD: Moldova, Republic of Moldova
        VA: Vatican, Vatican City, Holy See
        NL: Netherlands, The Netherlands, Holland, Niederlande, Pays-Bas, Países Bajos
        PH: Philippines, The Philippines, Philippinen
        DE: Germany, Federal Republic of Germany, Allemagne, Alemania
        AT: Austria, Autriche
        CH: Switzerland, Suiza
        FR: France, Frankreich, Francia
        ES: Spain, Spanien, Espagne
        IT: Italy, Italien, Italie, Italia
        BE: Belgium, Belgien, Belgique, Bélgica
        LU: Luxembourg, Luxemburg, Luxemburgo
        PL: Poland, Polen, Pologne, Polonia
        PT: Portugal
        GR: Greece, Griechenland, Grèce, Grecia
        HU: Hungary, Ungarn, Hongrie, Hungría
        SE: Sweden, Schweden, Suède, Suecia
        NO: Norway, Norwegen, Norvège, Noruega
        DK: Denmark, Dänemark, Danemark, Dinamarca
        FI: Finland, Finnland, Finlande, Finlandia
        IE: Ireland, Republic of Ireland, Irland, Irlande, Irlanda
        HR: Croatia, Kroatien, Croatie, Croacia
        RO: Romania, Rumänien, Roumanie, Rumania
        BG: Bulgaria, Bulgarien, Bulgarie
        UA: Ukraine, Ucrania
        IN: India, Indien, Inde
        JP: Japan, Japon, Japón
        BR: Brazil, Brasilien, Brésil, Brasil
        MX: Mexico, Mexiko, Mexique, México
        AR: Argentina, Argentinien, Argentine
        CA: Canada, Kanada, Canadá
        MA: Morocco, Marokko, Maroc, Marruecos
        TN: Tunisia, Tunesien, Tunisie, Túnez
        EG: Egypt, Ägypten, Égypte, Egipto
        ZA: South Africa, Südafrika, Afrique du Sud, Sudáfrica
        SA: Saudi Arabia, KSA, Kingdom of Saudi Arabia, Saudi-Arabien, Arabie saoudite, Arabia Saudita
        """;

    private static readonly Lazy<Dictionary<string, string>> _codes = new(Read);

    /// <summary>"India", "IN", "ind", "Deutschland"; null for what is no country, or not one country.</summary>
    public static string? CodeOf(string text) => _codes.Value.GetValueOrDefault(Folded.Of(text));

    private static Dictionary<string, string> Read()
    {
        var codes = new Dictionary<string, string>();
        foreach (var line in Others.Split('\n'))
        {
            var (code, names) = (line[..2], line[3..].Split(','));
            Array.ForEach(names, name => codes.TryAdd(Folded.Of(name), code));
        }

        foreach (var region in CultureInfo.GetCultures(CultureTypes.SpecificCultures).Select(c => c.Name).Where(n => n.Length > 0).Select(RegionOf).OfType<RegionInfo>())
        {
            foreach (var name in (string[])[region.TwoLetterISORegionName, region.ThreeLetterISORegionName, region.EnglishName, region.NativeName])
            {
                if (Folded.Of(name) is { Length: > 0 } key)
                {
                    codes.TryAdd(key, region.TwoLetterISORegionName);
                }
            }
        }

        return codes;
    }

    private static RegionInfo? RegionOf(string culture)
    {
        try
        {
            var region = new RegionInfo(culture);
            return region.TwoLetterISORegionName.Length == 2 && region.TwoLetterISORegionName.All(char.IsAsciiLetterUpper) ? region : null;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
