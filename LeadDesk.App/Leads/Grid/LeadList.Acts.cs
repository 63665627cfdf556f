using LeadDesk.App.Batches;
using LeadDesk.App.Live;
using LeadDesk.App.Ui;
using LeadDesk.Domain.Basics;

namespace LeadDesk.App.Leads.Grid;

/// <summary>What a person does to the list.</summary>
public sealed partial class LeadList
{
    private static readonly TimeSpan _saidFor = TimeSpan.FromSeconds(8);

    private ITimer? _saying;

    private string Href(LeadFilter filter) => $"leads{LeadAddress.Query(filter, ("sort", Word(filter, filter.View == _filter.View ? _order : ListOrder.StandardOf(filter))))}";

    private static string? Word(LeadFilter filter, ListOrder order) => order == ListOrder.StandardOf(filter) ? null : order.Word;

    private string? IsOn(LeadView view) => _filter.View == view ? "page" : null;

    private void Narrow(LeadFilter filter)
    {
        // An order nobody chose goes with the filter that brought it.
        var order = _order == ListOrder.StandardOf(_filter) ? ListOrder.StandardOf(filter) : _order;
        Navigation.NavigateTo($"leads{LeadAddress.Query(filter, ("sort", Word(filter, order)))}", replace: filter.Search != _filter.Search);
    }

    private void Sort(LeadSort sort)
    {
        var order = _order.Click(sort);
        Navigation.NavigateTo($"leads{LeadAddress.Query(_filter, ("sort", Word(_filter, order)))}");
    }

    private void Cancel()
    {
        _reading?.Cancel();
        (_loading, _slow) = (false, false);
        if (_list!.Tallies is not null)
        {
            (_filter, _order) = (_list.Filter, _list.Order);
            Navigation.NavigateTo($"leads{LeadAddress.Query(_filter, ("sort", Word(_filter, _order)))}", replace: true);
        }
        else
        {
            _failed = true;
        }
    }

    private async Task KeepAsync(ColumnLayout layout)
    {
        _shape = _shape!.With(layout);
        await Keep.RunAsync(layout, _actor!);
        if (_list!.WantsMore != _shape.WantsMore)
        {
            _list.WantsMore = _shape.WantsMore;
            await RefreshAsync();
        }
    }

    private Task ViewAsync((int First, int Visible) seen) => ShowAsync(_list!.ViewAsync(seen.First, seen.Visible));

    private Task TouchAsync(bool touched) => ShowAsync(_list!.TouchAsync(touched));

    private async Task ShowNewAsync()
    {
        await _list!.ShowNewAsync();
        _opened++;
        Arm();
    }

    private void Tick((LeadId Lead, bool Range) click)
    {
        if (_list!.Rows.FirstOrDefault(r => r.Id == click.Lead) is not { } row)
        {
            return;
        }

        if (click.Range)
        {
            _list.Selection.Stretch(row, _list.Rows);
        }
        else
        {
            _list.Selection.Toggle(row, _list.Rows);
        }
    }

    private void Range((LeadId From, LeadId To) range)
    {
        var rows = _list!.Rows;
        var (from, to) = (Place(range.From), Place(range.To));
        if (_shape!.MayTick && to >= 0)
        {
            _list.Selection.Range(rows, from < 0 ? to : from, to);
        }

        int Place(LeadId id) => rows.ToList().FindIndex(r => r.Id == id);
    }

    private void TickAll()
    {
        if (_shape!.MayTick)
        {
            _list!.TickAll();
        }
    }

    private void TickAllMatching() => _list!.Selection.TickAllMatching(_filter);

    private void ClearTicks() => _list!.Selection.Clear();

    private async Task KeyAsync((string Key, LeadId Lead) pressed)
    {
        BulkAct? act = pressed.Key switch { "S" => BulkAct.Stage, "T" => BulkAct.Tag, "F" => BulkAct.FollowUp, _ => null };
        switch (pressed.Key)
        {
            case "Enter":
                Navigation.NavigateTo($"leads/{pressed.Lead}");
                break;
            case "L":
                Navigation.NavigateTo($"leads/{pressed.Lead}?act=call");
                break;
            case "C":
                Navigation.NavigateTo($"leads/{pressed.Lead}?act=comment");
                break;
            case "X" when _shape!.MayTick:
                Tick((pressed.Lead, false));
                break;
            case ".":
                await ShowNewAsync();
                break;
            case "A" when TickFor(pressed.Lead) is { } row:
                _bulk?.Ask(row.OwnerId is null && !row.IsRetired ? BulkAct.Assign : BulkAct.Reassign);
                break;
            case var _ when act is { } asked && TickFor(pressed.Lead) is not null:
                _bulk?.Ask(asked);
                break;
        }
    }

    /// <summary>What one did oneself is shown at once.</summary>
    private async Task RefreshAsync()
    {
        await _list!.RefreshAsync();
        Arm();
    }

    /// <summary>An act by key is about what is ticked, or else about the lead in focus.</summary>
    private LeadRow? TickFor(LeadId lead)
    {
        var row = _shape!.MayTick ? _list!.Rows.FirstOrDefault(r => r.Id == lead) : null;
        if (row is not null && _list!.Selection.IsEmpty)
        {
            _list.Selection.Toggle(row, _list.Rows);
        }

        return row;
    }

    private async Task ActedAsync(BulkResult acted)
    {
        if (acted.Outcome.Refusal is { } refusal)
        {
            Say(refusal.Sentence, Tone.Refused);
        }
        else if (acted.Outcome.Value is { IsRunning: true } running)
        {
            _job = running.Batch;
            ClearTicks();
        }
        else if (acted.Outcome.Value is { } result)
        {
            var sentence = BatchWords.Done(acted.Order, _desk!, result);
            Say(sentence, result.RefusedCount > 0 ? Tone.Kept : Tone.Done);
            _said = _said!.Value with { Refused = result.Refused, RefusedCount = result.RefusedCount };
            ClearTicks();
            if (result.Done >= Wave.Many)
            {
                await _list!.RefreshAsync();
            }

            await (_region?.SayAsync(sentence) ?? Task.CompletedTask);
        }
    }

    /// <summary>What went through as asked goes away by itself; the rest stays until it was read.</summary>
    private void Say(string sentence, Tone tone)
    {
        _said = (sentence, tone, [], 0);
        _saying?.Dispose();
        _saying = tone is not Tone.Done ? null : Clock.CreateTimer(_ => _ = InvokeAsync(() => { _said = null; StateHasChanged(); }), null, _saidFor, Timeout.InfiniteTimeSpan);
    }
}
