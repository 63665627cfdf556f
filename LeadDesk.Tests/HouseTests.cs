namespace LeadDesk.Tests;

public sealed class HouseTests
{
    [Fact]
    public void The_domain_references_no_package() =>
        Assert.DoesNotContain("PackageReference", File.ReadAllText("../../../../LeadDesk.Domain/LeadDesk.Domain.csproj"), StringComparison.Ordinal);
}
