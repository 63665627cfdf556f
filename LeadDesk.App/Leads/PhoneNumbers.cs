using LeadDesk.Domain.Leads;
using PhoneNumbersLib = global::PhoneNumbers;

namespace LeadDesk.App.Leads;

/// <summary>Puts the international form beside what was typed, where it is a possible number of the lead's country.</summary>
public sealed class PhoneNumbers
{
    private readonly PhoneNumbersLib.PhoneNumberUtil _numbers = PhoneNumbersLib.PhoneNumberUtil.GetInstance();

    public LeadDetails Complete(LeadDetails details) =>
        details.Phones.Count == 0 ? details : details with { Phones = [.. details.Phones.Select(p => Of(p.Typed, details.Country))] };

    public Phone Of(string typed, string? country)
    {
        try
        {
            var number = _numbers.Parse(typed, country);
            return new(typed, _numbers.IsValidNumber(number) ? _numbers.Format(number, PhoneNumbersLib.PhoneNumberFormat.E164) : null);
        }
        catch (PhoneNumbersLib.NumberParseException)
        {
            return new(typed, null);
        }
    }
}
