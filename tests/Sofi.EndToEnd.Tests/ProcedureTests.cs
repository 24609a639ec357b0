using Microsoft.Extensions.DependencyInjection;
using Sofi.Core.Installation.Demonstration;
using Sofi.EndToEnd.Tests.Procedure;

namespace Sofi.EndToEnd.Tests;

/// <summary>The manual of the procedure, walked in February 2025 on the demonstration set's organisations, accounts and Région files.</summary>
public abstract class ProcedureTests
{
    private protected async Task WalkAsync(int width, Func<Microsoft.Playwright.IPage, IHands> hands, string captures)
    {
        var site = await SofiSite.ForAsync(GetType());
        await using (var scope = site.Host.Services.CreateAsyncScope()) await scope.ServiceProvider.GetRequiredService<DemonstrationSet>().RunAsync(withOffres: false);
        await new Manuel(() => site.VisitAsync(width: width), hands, captures).WalkAsync();
    }
}

public class ProcedureOnScreenTests : ProcedureTests
{
    [Fact]
    public Task The_manual_is_walked_to_a_validated_session() => WalkAsync(1280, _ => new Mouse(), "procedure");
}

public class ProcedureByKeyboardTests : ProcedureTests
{
    [Fact]
    public Task The_manual_is_walked_by_keyboard_alone() => WalkAsync(1280, page => new Keyboard(page), "procedure-au-clavier");
}

public class ProcedureOnPhoneTests : ProcedureTests
{
    [Fact]
    public Task The_manual_is_walked_on_a_screen_of_375_pixels() => WalkAsync(375, _ => new Mouse(), "procedure");
}
