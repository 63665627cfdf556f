using System.Globalization;
using LeadDesk.App.Storage;
using LeadDesk.Domain.Leads;

namespace LeadDesk.App.Demo;

internal static class DemoDetails
{
    /// <param name="number">Makes the lead one of its kind among very many; none where a few may well share a name.</param>
    public static LeadDetails Of(string pool, Random chance, long? number = null)
    {
        var place = DemoPlaces.Of(pool, chance);
        var (first, last) = (chance.Of(place.First), chance.Of(place.Last));
        var (city, area) = chance.Of(place.Cities);
        var company = chance.In(0.88) ? string.Format(CultureInfo.InvariantCulture, chance.Of(place.Companies), last) : null;
        var host = company is null ? "mail" : new string([.. SearchFold.Text(company).Where(char.IsAsciiLetterOrDigit)]);
        var email = $"{SearchFold.Text(first)}.{SearchFold.Text(last)}{number}@{host}.example";
        var phone = $"+{place.Calling} {area} 555 {string.Concat(Enumerable.Range(0, place.Digits - area.Length - 3).Select(_ => (char)('0' + chance.Next(10))))}";
        var isRich = pool == "VIP";
        return new()
        {
            Name = $"{first} {last}",
            Company = company,
            Emails = chance.In(0.93) ? [email] : [],
            Phones = chance.In(0.9) ? [new(phone, null)] : [],
            ExternalId = chance.In(0.3) ? string.Create(CultureInfo.InvariantCulture, $"CRM-{number ?? chance.Next(100_000, 999_999)}") : null,
            Country = place.Country,
            City = city,
            Language = place.Language,
            TimeZone = place.Zone,
            ValueMinor = chance.In(isRich ? 1 : 0.72) ? Value(isRich) : null,
            DoNotCall = chance.In(0.03),
            DoNotMail = chance.In(0.05),
        };

        // Many small ones and few large ones, in steps of fifty.
        long Value(bool large) => (long)Math.Round(Math.Exp((chance.NextDouble() * 2.6) + (large ? 9.6 : 7.2)) / 50) * 50 * 100;
    }
}
