using Microsoft.Playwright;

namespace Sofi.EndToEnd.Tests.Procedure;

/// <summary>How a person acts on what she sees: the same walk is done with any of them.</summary>
public interface IHands
{
    /// <summary>Presses a button, follows a link, opens or closes a fold.</summary>
    Task PressAsync(ILocator target);

    /// <summary>Types in a field, in place of what it holds.</summary>
    Task FillAsync(ILocator field, string value);

    /// <summary>Chooses in a list of one value.</summary>
    Task ChooseAsync(ILocator list, string option);

    /// <summary>Ticks a box or picks a radio button.</summary>
    Task CheckAsync(ILocator choice);
}

/// <summary>A mouse, or a finger: points at things and clicks.</summary>
public sealed class Mouse : IHands
{
    public Task PressAsync(ILocator target) => target.ClickAsync();

    public Task FillAsync(ILocator field, string value) => field.FillAsync(value);

    public Task ChooseAsync(ILocator list, string option) => list.SelectOptionAsync(new SelectOptionValue { Label = option });

    public Task CheckAsync(ILocator choice) => choice.CheckAsync();
}

/// <summary>
/// The keyboard alone: Tab, Shift+Tab, arrows, Space, Enter and letters. Wherever Tab leads, the focus must be seen: on the screen, ringed,
/// and not under the bar at the foot of the fiche.
/// </summary>
public sealed class Keyboard(IPage page) : IHands
{
    private const int FarthestTab = 400;

    public async Task PressAsync(ILocator target)
    {
        await ReachAsync(target);
        await page.Keyboard.PressAsync("Enter");
    }

    public async Task FillAsync(ILocator field, string value)
    {
        await ReachAsync(field);
        await page.Keyboard.PressAsync("Control+A");
        await page.Keyboard.TypeAsync(value);
        await Assertions.Expect(field).ToHaveValueAsync(value);
    }

    public async Task ChooseAsync(ILocator list, string option)
    {
        await ReachAsync(list);
        var steps = await list.EvaluateAsync<int>("(list, option) => [...list.options].findIndex(o => o.label === option) - list.selectedIndex", option);
        for (var step = 0; step < Math.Abs(steps); step++) await page.Keyboard.PressAsync(steps > 0 ? "ArrowDown" : "ArrowUp");
        await Assertions.Expect(list.Locator("option:checked")).ToHaveTextAsync(option);
    }

    public async Task CheckAsync(ILocator choice)
    {
        await ReachAsync(choice);
        // Tab stops once in a group of radio buttons; the arrows go round it.
        for (var step = 0; step < FarthestTab && !await choice.IsCheckedAsync(); step++)
            await page.Keyboard.PressAsync(await choice.GetAttributeAsync("type") == "radio" ? "ArrowDown" : "Space");
        await Assertions.Expect(choice).ToBeCheckedAsync();
    }

    /// <summary>Goes to an element by Tab, or back to it by Shift+Tab.</summary>
    private async Task ReachAsync(ILocator target)
    {
        for (var step = 0; step < FarthestTab; step++)
        {
            var direction = await target.EvaluateAsync<string>(Direction);
            if (direction == "") return;
            await page.Keyboard.PressAsync(direction);
            var fault = await page.EvaluateAsync<string?>(FocusFault);
            Assert.True(fault is null, $"{new Uri(page.Url).PathAndQuery}, {direction}: {fault}");
        }

        Assert.Fail($"{new Uri(page.Url).PathAndQuery}: the keyboard does not reach {target}.");
    }

    /// <summary>Key that leads from the focus towards the target; empty when it is reached.</summary>
    private const string Direction = """
        target => {
          const focus = document.activeElement;
          if (focus === target || (target.type === 'radio' && focus.type === 'radio' && focus.name === target.name)) return '';
          return focus.compareDocumentPosition(target) & Node.DOCUMENT_POSITION_PRECEDING ? 'Shift+Tab' : 'Tab';
        }
        """;

    /// <summary>Why the focus cannot be seen; <c>null</c> when it can.</summary>
    private const string FocusFault = """
        () => {
          const focus = document.activeElement;
          if (!focus || focus === document.body) return null;
          const name = focus.outerHTML.slice(0, 160);
          const box = focus.getBoundingClientRect();
          const style = getComputedStyle(focus);
          if (box.width < 2 || box.height < 2) return 'the focus is on something without size: ' + name;
          if (style.outlineStyle === 'none' && style.boxShadow === 'none') return 'the focus has no ring: ' + name;
          const tall = box.height > innerHeight / 2;
          if (!tall && (box.top < 0 || box.bottom > innerHeight)) return 'the focus is off the screen: ' + name;
          if (box.left < 0 || box.right > innerWidth) return 'the focus is off the side: ' + name;
          const middle = [(box.left + box.right) / 2, (Math.max(box.top, 0) + Math.min(box.bottom, innerHeight)) / 2];
          for (const y of tall ? [middle[1]] : [box.top + 1, middle[1], box.bottom - 1]) {
            const seen = document.elementFromPoint(middle[0], y);
            if (seen && !focus.contains(seen) && !seen.contains(focus)) return 'the focus is hidden by ' + seen.outerHTML.slice(0, 80) + ': ' + name;
          }
          return null;
        }
        """;
}
