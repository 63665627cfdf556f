namespace LeadDesk.App.Ui;

/// <summary>One line of a filter chip's list.</summary>
public sealed record FilterOption<T>(T Value, string Text);
