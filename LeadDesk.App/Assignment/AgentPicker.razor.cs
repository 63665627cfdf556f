using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace LeadDesk.App.Assignment;

/// <summary>An employee by typing: a combobox that shows what each holds, their team and their pools.</summary>
public sealed partial class AgentPicker
{
    private ElementReference _field;
    private ElementReference _input;
    private bool _open;
    private bool _typing;
    private string _text = "";
    private int _active;

    [Parameter, EditorRequired] public IReadOnlyList<Candidate> Candidates { get; set; } = [];
    [Parameter] public Candidate? Chosen { get; set; }
    [Parameter] public EventCallback<Candidate> OnChosen { get; set; }

    private string Text => _typing ? _text : Chosen?.Who.Name ?? "";

    private IReadOnlyList<Candidate> Shown => _typing && _text.Trim() is { Length: > 0 } text ? [.. Candidates.Where(c => Finds(c.Who.Name, text))] : Candidates;

    private Candidate? Active => Shown.ElementAtOrDefault(Math.Min(_active, Shown.Count - 1));

    private int Most => Candidates.Select(c => c.Holds).DefaultIfEmpty(1).Max();

    public ValueTask FocusAsync() => _input.FocusAsync(preventScroll: true);

    private static bool Finds(string name, string text) =>
        CultureInfo.InvariantCulture.CompareInfo.IndexOf(name, text, CompareOptions.IgnoreCase | CompareOptions.IgnoreNonSpace) >= 0;

    private void Open()
    {
        if (!_open)
        {
            (_open, _active) = (true, Math.Max(0, Candidates.ToList().FindIndex(c => c.Who.Id == Chosen?.Who.Id)));
        }
    }

    private void Close() => (_open, _typing, _text) = (false, false, "");

    private void Typed(string? text) => (_open, _typing, _text, _active) = (true, true, text ?? "", 0);

    private Task PressedAsync(KeyboardEventArgs e)
    {
        switch (e.Key)
        {
            case "ArrowDown":
                _active = _open ? Math.Min(_active + 1, Math.Max(0, Shown.Count - 1)) : _active;
                Open();
                break;
            case "ArrowUp":
                _active = Math.Max(0, _active - 1);
                break;
            case "Escape":
                Close();
                break;
            case "Enter" when _open && Active is { } active && !e.CtrlKey:
                return ChooseAsync(active);
        }

        return Task.CompletedTask;
    }

    private Task ChooseAsync(Candidate candidate)
    {
        Close();
        return candidate.Who.Id == Chosen?.Who.Id ? Task.CompletedTask : OnChosen.InvokeAsync(candidate);
    }
}
